/** What the CLI ends with; scripts rely on these numbers. */
export const ExitCode = { ok: 0, failed: 1, usage: 2, partlyFailed: 3 } as const;
