/** Events out of elements: typed, bubbling, and crossing shadow roots. */
export function emit<Detail>(from: EventTarget, name: string, detail?: Detail): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
