import { expect, test } from 'vitest';
import { isServed, nameIn } from '../../../src/serve/paths.js';
import { routes } from '../../../src/serve/router.js';

test('what the router answers is the protocols’, and the application’s own files are not', () => {
  const paths = [
    '/v1/models/x',
    '/V1/Models/x/versions/1/metadata',
    '/v1/models/x:predict',
    '/v1/models/x:classify',
    '/v1/models/x:regress',
    '/v1/models/x:explain',
    '/v2',
    '/v2/health/live',
    '/v2/health/ready',
    '/v2/models',
    '/v2/models/x',
    '/v2/models/x/ready',
    '/v2/models/x/infer',
    '/v2/repository/models/x/load',
    '/v2/repository/models/x/unload',
    '/benchwright/models/x/outcomes',
    '/benchwright/models/x/traffic',
    '/benchwright/models/x/traffic/rollback',
    '/benchwright/models/x/log',
    '/ping',
    '/predictions/x',
    '/explanations/x/1.0',
    '/metrics',
    '/monitoring/prometheus/metrics',
  ];
  expect(paths.filter((path) => !isServed(path))).toEqual([]);
  // Each route is one of those that were tried.
  expect(routes.filter(({ path }) => !paths.some((tried) => path.test(tried)))).toEqual([]);
  expect(
    ['/', '/index.html', '/assets/v1/models.js', '/v1', '/v10/models', '/data/iris.csv', '/pings', '/service-worker.js'].filter(isServed),
  ).toEqual([]);
});

test('a path says which model it is about', () => {
  const about = [
    '/v1/models/x:predict',
    '/V1/Models/x/labels/y:predict',
    '/v2/models/x/infer',
    '/benchwright/models/x/log',
    '/predictions/x/1.0',
  ];
  expect(new Set(about.map(nameIn))).toEqual(new Set(['x']));
  expect(['/v2/models', '/v2/health/ready', '/metrics', '/ping'].map(nameIn)).toEqual([undefined, undefined, undefined, undefined]);
});
