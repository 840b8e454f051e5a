import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mail } from '../ports/messages.ts'
import { smtpMessages } from './smtp.ts'

const received: { from: string; to: string[]; data: string }[] = []
let refuse = false
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      if (refuse) return done(new Error('mailbox full'))
      const { mailFrom, rcptTo } = session.envelope
      received.push({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(recipient => recipient.address),
        data: Buffer.concat(chunks).toString('utf8'),
      })
      return done()
    })
  },
})
beforeAll(() => new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise<void>(resolve => server.close(resolve)))
const url = () => `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`

const mail: Mail = {
  id: '44444444-4444-4444-8444-444444444444',
  kind: 'tickets',
  to: { name: 'Ada "the Countess" Löve', email: 'ada@example.com' },
  subject: 'Your tickets for Café Müller',
  text: 'plain words',
  html: '<p>rich words</p>',
  orderUrl: 'https://venue.example/#venuekit-order=x',
  order: {} as Mail['order'],
  event: {} as Mail['event'],
}

test('hands a mail over as text and HTML, from the venue to the buyer', async () => {
  const messages = smtpMessages({ url: url(), from: 'Blue Note <tickets@bluenote.example>' })
  await messages.send(mail)
  messages.close()
  const [sent] = received
  expect(sent).toMatchObject({ from: 'tickets@bluenote.example', to: ['ada@example.com'] })
  expect(sent?.data).toContain('Message-ID: <44444444-4444-4444-8444-444444444444@venuekit>')
  expect(sent?.data).toContain('plain words')
  expect(sent?.data).toContain('<p>rich words</p>')
})

test('a refused mail throws, so that it is tried again', async () => {
  refuse = true
  const messages = smtpMessages({ url: url(), from: 'tickets@bluenote.example' })
  await expect(messages.send(mail)).rejects.toThrow('mailbox full')
  messages.close()
  refuse = false
})

test('a server that is not there throws', async () => {
  const messages = smtpMessages({ url: 'smtp://127.0.0.1:1', from: 'tickets@bluenote.example' })
  await expect(messages.send(mail)).rejects.toThrow('ECONNREFUSED')
  messages.close()
})
