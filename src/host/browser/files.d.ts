/** Files of packages, by the address that they get beside the scripts. */
declare module '*.wasm?url' {
  const url: string;

  export { url as default };
}
