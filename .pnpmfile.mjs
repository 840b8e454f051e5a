/** Sources are for this workspace: a published package has no entries for them. */
const withoutSources = target => {
  if (typeof target !== 'object' || target === null) return target
  const kept = Object.entries(target).filter(([condition]) => condition !== '@venuekit/source')
  return Object.fromEntries(kept.map(([condition, inner]) => [condition, withoutSources(inner)]))
}

export const hooks = {
  beforePacking: ({ scripts, devDependencies, ...manifest }) => ({
    ...manifest,
    exports: withoutSources(manifest.exports),
  }),
}
