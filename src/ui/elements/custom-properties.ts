/**
 * Sets CSS custom properties on an element: `<i ${customProperties({ '--share': '0.4' })}>`. Through the object model,
 * since the page's security policy refuses `style` attributes, which is what Lit's `styleMap` writes first.
 */
import { type ElementPart, nothing } from 'lit';
import { Directive, directive, type PartInfo, PartType } from 'lit/directive.js';

class CustomProperties extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('customProperties stands in a tag, not in an attribute or text.');
  }

  override render(_properties: Record<`--${string}`, string>): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [properties]: [Record<`--${string}`, string>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return nothing;
  }
}

export const customProperties = directive(CustomProperties);
