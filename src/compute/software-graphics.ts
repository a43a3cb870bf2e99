/** Renderers without a graphics processor: what they are given the processor computes, slower than it could. */
const renderers = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** @param description of an adapter, in words */
export const isSoftwareGraphics = (description: string): boolean => renderers.test(description);
