// Scenes of the gallery on a page that has it.

/** Shows a scene without loading the page again. Resolves when all of it is there. */
export async function show(page, { scene, language, theme }) {
  const address = `?${new URLSearchParams({ scene, language, theme })}`;
  await page.evaluate((to) => {
    history.replaceState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, address);
  await allOfIt(page);
}

/** Resolves when all of a scene is there. */
export async function allOfIt(page) {
  await page.locator("#root > *").first().waitFor();
  // What is fetched later belongs to the scene, plots too. Not waited for by a function: the page's security policy refuses
  // to make one of text again and again.
  const whole = ":root:not(:has([data-coming], .flagship-plot:empty))";
  await page.locator(whole).waitFor({ state: "attached" });
  // Long lists draw what fits once they know how much that is.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}
