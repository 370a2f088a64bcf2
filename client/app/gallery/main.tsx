// The gallery: every screen and state, in every language and theme, without a server. `npm run gallery`.

import { isLanguage, LocaleProvider, NoticesProvider } from "@flagship/react/parts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { catalogs } from "../src/i18n/messages.ts";
import type { Theme } from "../src/settings/preferences.ts";
import { useDocument } from "../src/settings/use-document.ts";
import { Contents } from "./contents.tsx";
import { scenes } from "./scenes.tsx";
import "@flagship/react/styles.css";
import "../src/styles/start.css";
import "./gallery.css";

const asked = new URLSearchParams(location.search);
const language = asked.get("language") ?? "en";
const theme = (asked.get("theme") ?? "system") as Theme;
const scene = scenes[asked.get("scene") ?? ""];

function Gallery() {
  useDocument(theme);
  return <NoticesProvider>{scene ?? <Contents names={Object.keys(scenes)} />}</NoticesProvider>;
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <LocaleProvider language={isLanguage(language) ? language : "en"} catalogs={catalogs}>
        <Gallery />
      </LocaleProvider>
    </StrictMode>,
  );
}
