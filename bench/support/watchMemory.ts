const EVERY_MS = 20;
const MEGABYTE = 2 ** 20;

/** Watches this process from now on. @returns how much it took at most, above what it has now (MB) */
export function watchMemory(): () => number {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return (Math.max(most, process.memoryUsage.rss()) - before) / MEGABYTE;
  };
}
