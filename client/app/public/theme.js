// The chosen colours before the first paint: the page itself comes later. It is no module, so that it is waited for.
try {
  const { theme } = JSON.parse(localStorage.getItem("flagship.settings") ?? "{}");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {}
