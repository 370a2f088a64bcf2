let held: HTMLElement | undefined;

/**
 * Where dialogs go: beside the page, since a part of the page that is hidden would hide its dialog too, and inside
 * of an element of class `flagship`, which all styles of this package are bound to.
 */
export function portalContainer(): HTMLElement {
  if (!held?.isConnected) {
    held = document.createElement("div");
    held.className = "flagship";
    document.body.append(held);
  }
  return held;
}
