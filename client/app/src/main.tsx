import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { installServiceWorker } from "./offline/updates.ts";
import "@flagship/react/styles.css";
import "./styles/start.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

installServiceWorker();
