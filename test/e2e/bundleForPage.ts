import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'

/** The npm edition of the tickets as a page's own bundler would make one script of it. */
export const bundleForPage = async (): Promise<string> => {
  const bundle = await rollup({
    input: fileURLToPath(new URL('../../packages/ticket-widget/dist/auto.js', import.meta.url)),
    plugins: [nodeResolve({ browser: true })],
    onLog: () => {},
  })
  const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: true })
  await bundle.close()
  return output[0].code
}
