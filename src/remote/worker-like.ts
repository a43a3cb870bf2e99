/** What is needed of a worker: a `Worker`, or in tests without threads a port dressed as one. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'>;
