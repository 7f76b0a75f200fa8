/** The WebSocket route. @module */
export { PROTOCOL } from "./protocol.ts";
export { socket, type SocketOptions } from "./socket.ts";
