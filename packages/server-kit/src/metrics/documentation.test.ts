import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { metricTable } from './metricTable.ts'

const read = (path: string) => readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8')
const metrics = Object.values(metricTable)
const exported = new Set<string>(metrics.map(({ name }) => name))
/** What a query names: a histogram's buckets are the histogram. */
const named = (text: string) =>
  new Set([...text.matchAll(/venuekit_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')))

test('the page has each metric with its type, its labels and its help, and no other', async () => {
  const page = await read('docs/metrics.md')
  for (const { name, type, of, labels, help } of metrics) {
    expect(page).toContain(
      `| \`${name}\` | ${type} | ${of} | ${labels.map(label => `\`${label}\``).join(', ')} | ${help} |`,
    )
  }
  expect([...named(page)].filter(name => !exported.has(name))).toEqual([])
})

interface Panel {
  title: string
  type: string
  targets?: { expr: string; legendFormat: string }[]
}

test('the dashboard asks for what is exported, by labels that it has, and leaves nothing out', async () => {
  const dashboard = JSON.parse(await read('packages/server-kit/grafana/venuekit.json')) as { panels: Panel[] }
  const targets = dashboard.panels.flatMap(({ targets = [] }) => targets)
  const used = new Set<string>()
  for (const { expr, legendFormat } of targets) {
    const names = [...named(expr)]
    expect(names.length, expr).toBeGreaterThan(0)
    for (const name of names) used.add(name)
    const labels = new Set(['instance', 'le', ...metrics.flatMap(m => (names.includes(m.name) ? m.labels : []))])
    const asked = [
      ...[...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/, */)),
      ...[...expr.matchAll(/[{,](\w+)=/g)].map(([, label = '']) => label),
      ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
    ]
    expect(
      asked.filter(label => !labels.has(label)),
      expr,
    ).toEqual([])
  }
  expect([...used].filter(name => !exported.has(name))).toEqual([])
  expect([...exported].filter(name => !used.has(name))).toEqual([])
})

test('names follow the convention: counters end in _total, times are seconds, labels are few', () => {
  for (const { name, type, labels, help } of metrics) {
    expect(name).toMatch(/^venuekit_[a-z_]+$/)
    expect(name.endsWith('_total')).toBe(type === 'counter')
    expect(name).not.toMatch(/_(ms|milliseconds|minutes)$/)
    expect(labels.length).toBeLessThanOrEqual(3)
    expect(help).toMatch(/\.$/)
  }
})
