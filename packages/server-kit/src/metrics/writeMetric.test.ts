import { expect, test } from 'vitest'
import { Measurements } from './Measurements.ts'
import { type Metric, metricTable } from './metricTable.ts'
import { writeHistogram, writeSamples } from './writeMetric.ts'

const gauge: Metric = { name: 'venuekit_test', type: 'gauge', of: 'process', help: 'A \\ and\na line.', labels: ['a'] }

test('labels and help are escaped, so that no value breaks the page', () => {
  expect(writeSamples(gauge, [{ labels: { a: 'x"\\\ny' }, value: 1.5 }])).toEqual([
    '# HELP venuekit_test A \\\\ and\\na line.',
    '# TYPE venuekit_test gauge',
    'venuekit_test{a="x\\"\\\\\\ny"} 1.5',
  ])
})

test('a metric without a sample is left out', () => {
  expect(writeSamples(gauge, [])).toEqual([])
})

test('buckets count everything below their bound', () => {
  const measurements = new Measurements()
  for (const seconds of [0.001, 0.005, 0.02, 99]) {
    measurements.observe('requestSeconds', { route: '/', method: 'GET' }, seconds)
  }
  const lines = writeHistogram(metricTable.requestSeconds, measurements.observed('requestSeconds'))
  const labels = 'route="/",method="GET"'
  const name = 'venuekit_http_request_duration_seconds'
  expect(lines).toContain(`${name}_bucket{${labels},le="0.005"} 2`)
  expect(lines).toContain(`${name}_bucket{${labels},le="0.025"} 3`)
  expect(lines).toContain(`${name}_bucket{${labels},le="10"} 3`)
  expect(lines).toContain(`${name}_bucket{${labels},le="+Inf"} 4`)
  expect(lines).toContain(`${name}_count{${labels}} 4`)
})

test('a label that runs wild stops at a bound', () => {
  const measurements = new Measurements()
  for (let number = 0; number < 5_000; number += 1)
    measurements.count('webhooks', { gateway: String(number), outcome: '' })
  expect(measurements.counted('webhooks')).toHaveLength(2_000)
})
