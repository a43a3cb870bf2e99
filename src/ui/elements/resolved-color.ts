/** Canvas knows no custom properties nor `light-dark()`: an element of ours computes the colour of a token. */
export function resolvedColor(host: Element, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  (host.shadowRoot ?? host).append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
