import { toBase64url } from './base64url.ts'
import { sha256 } from './sha256.ts'

/** Names a person in a counter without saying who it is. */
export const shortDigest = async (text: string): Promise<string> => toBase64url(await sha256(text)).slice(0, 22)
