/** As much of the edge runtime as the function uses. */
declare const Deno: {
  env: { get(name: string): string | undefined }
  serve(handler: (request: Request) => Response | Promise<Response>): void
}

/** Supabase's own; other Deno runtimes lack it. */
declare const EdgeRuntime: { waitUntil(work: Promise<unknown>): void } | undefined
