interface PictureFacts {
  name?: string
  width?: number
  height?: number
  type?: string
}

/** A picture with a colour for each of its quarters, as a file of somebody's. */
export const sampleFile = async (facts: PictureFacts = {}): Promise<File> => {
  const { name = 'photo.jpg', width = 640, height = 480, type = 'image/jpeg' } = facts
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('No canvas to draw on.')
  for (const [index, colour] of ['#e33', '#3b3', '#33e', '#ee3'].entries()) {
    context.fillStyle = colour
    context.fillRect((index % 2) * (width / 2), index > 1 ? height / 2 : 0, width / 2, height / 2)
  }
  return new File([await canvas.convertToBlob({ type })], name, { type })
}
