// The breakout service as a module of its own; it lives in the core, which knows no React.
export { default, flagshipBreakoutService } from "@flagship/core/breakout-service";
