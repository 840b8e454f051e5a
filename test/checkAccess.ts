import axe from 'axe-core'

/** What axe finds wrong with the element by WCAG 2.2 AA and its own best practices, a line each. */
export const checkAccess = async (element: HTMLElement): Promise<string[]> => {
  const { violations, incomplete, passes } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // A widget is a part of somebody's page: landmarks and the first heading are the page's.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  })
  if (passes.length === 0) throw new Error('axe saw nothing to judge.')
  return [
    ...violations.map(rule => ['violation', rule] as const),
    ...incomplete.map(rule => ['undecided', rule] as const),
  ].flatMap(([verdict, { id, nodes }]) =>
    nodes.map(node => `${verdict} ${id}: ${node.target.flat().join(' ')} ${node.failureSummary?.replace(/\s+/g, ' ')}`),
  )
}
