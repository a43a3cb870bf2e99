/** What a generator comes to, where nobody asks how far it is. */
export async function drained<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}
