import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/start.css";
import "./styles/session.css";
import "./styles/rounds.css";
import "./styles/chat.css";
import "./styles/moderation.css";
import "./styles/dialogs.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
