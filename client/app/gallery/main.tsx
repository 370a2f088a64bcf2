// The gallery: every screen and state, in every language and theme, without a server. `npm run gallery`. What it shows is
// in the address; when that changes, it shows something else without loading the page again.

import { isLanguage, LocaleProvider, NoticesProvider } from "@flagship/react/parts";
import { StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { catalogs } from "../src/i18n/messages.ts";
import type { Theme } from "../src/settings/preferences.ts";
import { useDocument } from "../src/settings/use-document.ts";
import { Contents } from "./contents.tsx";
import { scenes } from "./scenes.tsx";
import "@flagship/react/styles.css";
import "../src/styles/start.css";
import "./gallery.css";

function Gallery({ scene, theme }: { scene: string; theme: Theme }) {
  useDocument(theme);
  return (
    <NoticesProvider>{scenes[scene] ?? <Contents names={Object.keys(scenes)} />}</NoticesProvider>
  );
}

const { title } = document;

/** Shows what the address asks for, and nothing of what was there before. */
function show(place: HTMLElement, before: Root | undefined): Root {
  before?.unmount();
  sessionStorage.clear();
  localStorage.clear();
  document.title = title;
  // Dialogs are beside it.
  for (const other of [...document.body.children]) if (other !== place) other.remove();

  const asked = new URLSearchParams(location.search);
  const language = asked.get("language") ?? "en";
  const theme = (asked.get("theme") ?? "system") as Theme;
  const root = createRoot(place);
  root.render(
    <StrictMode>
      <LocaleProvider language={isLanguage(language) ? language : "en"} catalogs={catalogs}>
        <Gallery scene={asked.get("scene") ?? ""} theme={theme} />
      </LocaleProvider>
    </StrictMode>,
  );
  return root;
}

const place = document.getElementById("root");
if (place) {
  let root = show(place, undefined);
  window.addEventListener("popstate", () => {
    root = show(place, root);
  });
}
