/** One version's state, as it is kept and as the server tells it. */
import { html, type TemplateResult } from 'lit';
import type { DeployedVersion } from '../../../spec/deployment.js';
import type { VersionStatus } from '../../serving/watch-serving.js';

const words: Readonly<Record<string, readonly [tone: string, word: string]>> = {
  AVAILABLE: ['good', 'answers'],
  LOADING: ['', 'is being loaded'],
  START: ['', 'is not loaded'],
  UNLOADING: ['', 'is being unloaded'],
  END: ['', 'is not loaded'],
};

/** Undefined: the server has not been asked. */
export function versionChip({ version, loaded }: DeployedVersion, statuses: readonly VersionStatus[] | undefined): TemplateResult {
  const told = statuses?.find((each) => each.version === String(version));
  if (told?.status.error_message)
    return html`<span class="chip bad" title=${told.status.error_message}>version ${version} cannot be loaded</span>`;
  const [tone, word] = told ? (words[told.state] ?? ['', told.state.toLowerCase()]) : ['', loaded ? 'is to answer' : 'is not loaded'];
  return html`<span class="chip ${tone}">version ${version} ${word}</span>`;
}
