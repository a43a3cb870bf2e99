/**
 * Passes on what `map` makes of another generator's events (nothing where it answers undefined), and its result. Ending
 * the relay ends the source, so that nothing is left running; no event is asked for before it is wanted.
 */
export async function* relay<From, To, Result>(
  source: AsyncGenerator<From, Result>,
  map: (event: From) => To | undefined,
): AsyncGenerator<To, Result> {
  try {
    for (;;) {
      const next = await source.next();
      if (next.done) return next.value;
      const event = map(next.value);
      if (event !== undefined) yield event;
    }
  } finally {
    await source.return(undefined as Result);
  }
}
