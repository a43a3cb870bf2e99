/** Where a deployment answers, protocol by protocol. Addresses are relative to the application, wherever it is hosted. */

export type ServedProtocol = 'tensorflow' | 'inference';

/** Which version is asked: the newest that is loaded, one by its label, or one by its number. */
export type Target = { kind: 'newest' } | { kind: 'label'; label: string; version: number } | { kind: 'version'; version: number };

/** The Open Inference Protocol has no labels: it is asked for the version that the label points at. */
export function pathOf(protocol: ServedProtocol, name: string, target: Target): string {
  if (protocol === 'inference') return `v2/models/${name}${target.kind === 'newest' ? '' : `/versions/${target.version}`}/infer`;
  const which = {
    newest: '',
    label: `/labels/${'label' in target ? target.label : ''}`,
    version: `/versions/${'version' in target ? target.version : ''}`,
  };
  return `v1/models/${name}${which[target.kind]}:predict`;
}
