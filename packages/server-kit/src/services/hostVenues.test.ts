import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let server: TestKit
beforeAll(async () => {
  server = await startTestKit()
})
afterAll(() => server.close())

const openVenue = async () => {
  const venue = { id: crypto.randomUUID(), name: 'The Net Loft' }
  await server.kit.venues.create(venue)
  return venue
}

test('a venue is made once by its id, and its key lets the named sites in and no other', async () => {
  const venue = await openVenue()
  await server.kit.venues.create(venue)
  const key = { publishableKey: 'vk_pub_netloft', venueId: venue.id }
  await server.kit.venues.setKey({ ...key, allowedOrigins: ['https://www.netloft.example'] })
  expect(await server.kit.venues.list()).toContainEqual(venue)

  const answerTo = (origin: string) =>
    server.kit.fetch(new Request('http://kit.test/v1/events?key=vk_pub_netloft', { headers: { origin } }))
  expect((await answerTo('https://www.netloft.example')).status).toBe(200)
  expect((await answerTo('https://other.example')).status).toBe(403)
})

test.each([
  ['a path', 'https://www.venue.example/'],
  ['no scheme', 'www.venue.example'],
  ['a star', '*'],
  ['capitals', 'https://WWW.venue.example'],
  ['another scheme', 'ftp://www.venue.example'],
])('an origin with %s is refused, with its place', async (_, origin) => {
  const { id } = await openVenue()
  const key = { publishableKey: 'vk_pub_another', venueId: id, allowedOrigins: ['https://fine.example', origin] }
  await expect(server.kit.venues.setKey(key)).rejects.toMatchObject({
    code: 'invalid_request',
    details: { fields: { 'allowedOrigins.1': expect.stringContaining('scheme, host and port') } },
  })
})

test('a key stays with its venue, and wants one', async () => {
  const [one, other] = [await openVenue(), await openVenue()]
  const key = { publishableKey: 'vk_pub_stays', allowedOrigins: [] }
  await server.kit.venues.setKey({ ...key, venueId: one.id })
  await expect(server.kit.venues.setKey({ ...key, venueId: other.id })).rejects.toMatchObject({ code: 'conflict' })
  const nobody = { ...key, publishableKey: 'vk_pub_nobody', venueId: crypto.randomUUID() }
  await expect(server.kit.venues.setKey(nobody)).rejects.toMatchObject({ code: 'not_found' })
})
