/** What is needed of a worker: a `Worker`, a thread of Node, or in tests without threads a port dressed as one. */
export interface WorkerLike extends Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'> {
  /** Where a host ends with its last work: it goes on while a call waits. */
  ref?(): void;
  unref?(): void;
}
