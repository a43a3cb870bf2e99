/**
 * What crosses the boundary, method by method. A shape is written by hand and checked by the compiler against the interface
 * that it stands for: a method that is missing, or whose kind is wrong, does not compile.
 */

/**
 * `value`: a promise; its value is copied. `fresh`: a promise of typed arrays made for this caller alone, which are moved
 * instead of copied. `stream`: an async generator.
 */
export type MethodKind = 'value' | 'fresh' | 'stream';

type KindOf<Method> = Method extends (...parameters: never[]) => AsyncGenerator ? 'stream' : 'value' | 'fresh';

export type Shape<Service> = { readonly [Name in keyof Service]: KindOf<Service[Name]> };

/** The shapes of all services that a worker offers, by the services' names. */
export type Shapes<Services> = { readonly [Name in keyof Services]: Shape<Services[Name]> };
