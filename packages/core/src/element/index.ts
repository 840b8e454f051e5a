export { adoptStyles } from './adoptStyles.ts'
export { attributeName } from './attributeName.ts'
export { type CreateBody, createBody } from './createBody.ts'
export { defineElement } from './defineElement.ts'
export { type DeviceStore, deviceStore, type StoragePolicy } from './deviceStore.ts'
export type { ElementDefinition, ElementHost } from './ElementDefinition.ts'
export type { ElementView } from './ElementView.ts'
export {
  choice,
  type ElementProperties,
  type ElementProperty,
  type ElementTable,
  flag,
  identity,
  text,
  value,
} from './elementProperty.ts'
export type { CamelListeners, ElementEventMap, ElementListeners, ElementProps } from './elementProps.ts'
export { elementWith } from './elementWith.ts'
export type { ElementMessages } from './failureBox.ts'
export { resolveLocale, validLocale } from './locale.ts'
export type { Message } from './Message.ts'
export { MissingAttribute } from './MissingAttribute.ts'
export { type PropertyKinds, propertyKinds } from './propertyKinds.ts'
export { type ClientIdentity, type SharedClient, shareClient } from './sharedClient.ts'
export type { Languages, Translation } from './Translation.ts'
export { type ElementEvents, VenueKitElement } from './VenueKitElement.ts'
