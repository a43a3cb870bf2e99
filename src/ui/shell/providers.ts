/** Gives the services of an opened workbench to the elements below a host, one small context each. */
import { type Context, ContextProvider } from '@lit/context';
import type { LitElement } from 'lit';
import type { Workbench } from '../../host/workbench.js';
import {
  datasetsContext,
  deploymentsContext,
  devicesContext,
  experimentsContext,
  inventoryContext,
  lakeContext,
  logsContext,
  modelsContext,
  pipelinesContext,
  projectContext,
  sweepsContext,
  tensorModelsContext,
  trainerContext,
} from '../contexts/services.js';
import { storageContext } from '../contexts/storage.js';
import { storageService } from './storage-service.js';

export function provideServices(host: LitElement, workbench: Workbench): void {
  const provide = <Value>(context: Context<unknown, Value>, initialValue: Value): void => {
    new ContextProvider(host, { context, initialValue });
  };
  provide(datasetsContext, workbench.datasets);
  provide(lakeContext, workbench.lake);
  provide(trainerContext, workbench.trainer);
  provide(sweepsContext, workbench.sweeps);
  provide(modelsContext, workbench.models);
  provide(tensorModelsContext, workbench.tensorModels);
  provide(pipelinesContext, workbench.pipelines);
  provide(projectContext, workbench.project);
  provide(inventoryContext, workbench.inventory);
  provide(deploymentsContext, workbench.deployments);
  provide(experimentsContext, workbench.experiments);
  provide(logsContext, workbench.logs);
  provide(devicesContext, workbench.devices);
  provide(storageContext, storageService(workbench));
}
