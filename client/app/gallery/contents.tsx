import { LANGUAGES } from "@flagship/react/parts";
import { useState } from "react";

const THEMES = ["system", "light", "dark"];
const WIDTHS = { desk: 1280, phone: 390 };

/** Everything there is, to be chosen from, in any language, theme and width. */
export function Contents({ names }: { names: readonly string[] }) {
  const [scene, setScene] = useState(names[0] ?? "");
  const [language, setLanguage] = useState("en");
  const [theme, setTheme] = useState("system");
  const [width, setWidth] = useState<keyof typeof WIDTHS>("desk");
  const address = `?${new URLSearchParams({ scene, language, theme })}`;
  const choice = (
    label: string,
    value: string,
    options: readonly string[],
    onChoose: (value: string) => void,
  ) => (
    <label>
      {label}
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
  return (
    <main className="gallery">
      <h1>Gallery</h1>
      <form className="flagship-gallery-choices">
        {choice("Scene", scene, names, setScene)}
        {choice("Language", language, Object.keys(LANGUAGES), setLanguage)}
        {choice("Theme", theme, THEMES, setTheme)}
        {choice("Width", width, Object.keys(WIDTHS), (name) =>
          setWidth(name as keyof typeof WIDTHS),
        )}
        <a href={address}>Alone</a>
      </form>
      <iframe title={scene} src={address} width={WIDTHS[width]} height={800} />
    </main>
  );
}
