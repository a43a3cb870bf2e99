/** Where a model is deployed. */
import type { DeploymentRecord } from '../../../spec/deployment.js';

export interface Place {
  name: string;
  version: number;
  loaded: boolean;
  labels: string[];
}

export const placesOf = (deployments: readonly DeploymentRecord[], model: string): Place[] =>
  deployments.flatMap(({ id, versions, labels }) =>
    versions
      .filter((each) => each.model === model)
      .map(({ version, loaded }) => ({
        name: id,
        version,
        loaded,
        labels: labels.flatMap(({ label, version: pointed }) => (pointed === version ? [label] : [])),
      })),
  );
