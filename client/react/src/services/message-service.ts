// The message service as a module of its own; it lives in the core, which knows no React.
export { default, flagshipMessageService } from "@flagship/core/message-service";
