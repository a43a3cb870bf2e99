/** Says of one thing that is kept that a part of it is damaged: what still works, and what mends it. Nothing where it is whole. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Damage } from '../../storage/damage.js';
import type { Inventory } from '../../storage/inventory/inventory.js';
import { Live } from '../contexts/live.js';
import { inventoryContext } from '../contexts/services.js';
import { type StorageService, storageContext } from '../contexts/storage.js';
import '../elements/notice.js';

@customElement('bw-damage-notice')
export class DamageNotice extends LitElement {
  protected override createRenderRoot() {
    return this;
  }

  @property() kind: Damage['kind'] = 'dataset';
  @property() item = '';
  @consume({ context: inventoryContext }) private readonly inventory!: Inventory;
  @consume({ context: storageContext }) private readonly storage!: StorageService;

  readonly #damaged = new Live(this, {
    load: () => this.inventory.damaged(),
    kinds: ['setting', 'dataset', 'run', 'model', 'tensor-model'],
    storage: () => this.storage,
  });

  override render() {
    const damage = this.#damaged.value?.find(({ kind, id }) => kind === this.kind && id === this.item);
    this.hidden = damage === undefined;
    return damage ? html`<bw-notice tone="bad" .message=${damage.message} .advice=${damage.advice}></bw-notice>` : nothing;
  }
}
