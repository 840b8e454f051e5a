import { ConfigurationError } from '../configurationError.ts'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** An address to send alerts to: https, or http to this machine. Throws `ConfigurationError`, which does not quote it. */
export const sinkUrl = (option: string, text: string): URL => {
  const url = URL.parse(text)
  if (!url) throw new ConfigurationError([`${option}: is no address, such as https://hooks.example.com/…`])
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.has(url.hostname))) {
    throw new ConfigurationError([`${option}: must begin with https://, for what it carries is not for everybody`])
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError([`${option}: must carry no user and no password`])
  }
  return url
}
