/** Files of packages, and scripts of workers, by the address that they get beside the scripts. */
declare module '*.wasm?url' {
  const url: string;

  export { url as default };
}

declare module '*.worker.ts?worker&url' {
  const url: string;

  export { url as default };
}
