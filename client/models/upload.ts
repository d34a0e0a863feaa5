/**
 * Sends bytes and tells how far they have come, which `fetch` cannot. Rejects when there is no answer.
 *
 * @see https://xhr.spec.whatwg.org/#the-upload-attribute
 */
export function upload(
  path: string,
  body: Blob,
  headers: Record<string, string>,
  onPart: (part: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => {
      onPart(total === 0 ? 1 : loaded / total)
    }
    request.onload = () => {
      resolve(new Response(request.responseText, { status: request.status }))
    }
    request.onerror =
      request.ontimeout =
      request.onabort =
        () => {
          reject(new Error('no answer to an upload'))
        }
    // A year of lectures is read, sealed and counted before the answer comes.
    request.timeout = 900_000
    request.send(body)
  })
}
