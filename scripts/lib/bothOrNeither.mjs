/** Waits for all works, also when one fails, so that no installation is cut off in the middle. */
export async function bothOrNeither(...works) {
  const failed = (await Promise.allSettled(works)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
