/** What people write on a run: tags and notes, each change with a way back. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { longestNotes, longestTag, mostTags, type RunMarks, type RunRecord } from '../../../spec/run.js';
import { emit } from '../../events.js';
import { panelStyles } from '../panel-styles.js';

@customElement('bw-marks-card')
export class MarksCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      form { display: grid; gap: var(--space-3); }
      textarea { min-block-size: 84px; resize: vertical; }
    `,
  ];

  @property({ attribute: false }) run: RunRecord | undefined;

  #keep(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const tags = String(data.get('tags'))
      .split(',')
      .map((tag) => tag.trim().slice(0, longestTag))
      .filter((tag) => tag !== '');
    emit<RunMarks>(this, 'bw-marks', { tags: [...new Set(tags)].slice(0, mostTags), notes: String(data.get('notes')) });
  }

  override render() {
    const { tags = [], notes = '' } = this.run ?? {};
    return html`<section class="card" aria-labelledby="marks"><h2 id="marks">Tags and notes</h2>
      <form @submit=${this.#keep}>
        <label>Tags, with commas between<input name="tags" .value=${tags.join(', ')} /></label>
        <label>Notes<textarea name="notes" maxlength=${longestNotes} .value=${notes}></textarea></label>
        <div class="row"><button>Keep</button></div>
      </form></section>`;
  }
}
