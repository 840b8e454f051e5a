import { existsSync } from 'node:fs'

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** How to launch a real Chromium without a download: `VENUEKIT_CHROMIUM`, the npm-packed one on Linux, or an installed one. */
export const chromiumLaunch = async () => {
  const { executablePath, args } = await find()
  return { executablePath, args: [...args, '--no-sandbox', '--disable-background-networking', '--lang=en-US'] }
}

const find = async (): Promise<{ executablePath: string; args: string[] }> => {
  const named = process.env.VENUEKIT_CHROMIUM
  if (named) return { executablePath: named, args: [] }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packed } = await import('@sparticuz/chromium')
    return { executablePath: await packed.executablePath(), args: ['--disable-gpu', '--disable-dev-shm-usage'] }
  }
  const executablePath = installed.find(path => existsSync(path))
  if (!executablePath) throw new Error('No Chromium found: set VENUEKIT_CHROMIUM to the path of a Chrome or Chromium.')
  return { executablePath, args: [] }
}
