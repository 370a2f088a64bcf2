#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| flagship_fuzz::frames(data));
