//! Public keys, and tokens made with them by another implementation (Python's `cryptography`).
//! The private keys were never stored. Every payload is
//! `{"sub":"ada","alias":"Ada","exp":2000000000}`.

/// The modulus of the RSA key, 2048 bits; the exponent is `AQAB`.
pub(super) const RSA_N: &str = concat!(
    "2XHFiDoRTZYwSisGg5yoZ7fvG2pvUlGDVY61ud8oe7g49LPK8yb6W_GQ0tn1zFkUZYDg3xvfoQbiVLBg9WLvoZSb",
    "mlbCe9s7WLV7s_b-miQYN2TXLPNrQCLAXxTd0_awAHRxwhk_LpEwNs9MOiT28jHVwwcSEqYaufSfm4J45NmVD2eG",
    "-AQkZpqW9mpu_ooNjdmppkmZrd3BnSVF-3IEtpmCBEhFVE9vOEgj05j4rxKAcGv22xCE_gCFXZmcAMhAcH1_c0X7",
    "d4dimR6RiNfSCrRZNGwWvP4RWMws-hXvSGKRLDBl1mzFYj_sW5gt9Pj4rVG_CX91P3xhBcRRF-oMMw",
);
/// Another modulus of 2048 bits.
pub(super) const OTHER_RSA_N: &str = concat!(
    "nu8RuPogzMAxH6cdyddkFdNTfuWaM2j3aqTcHi1iwTg-vXjjVQvwnzdO0d_2DmE4VqwkoTV9bB-WyQtUg_vsns25",
    "T2zF7UtORz0XVX4wtBKhv296tbYbyQvszHewEkhhehQQro4_aJ9Ru5eJrgvOw6gmMIMv6dgAndjrVzmOcTNoHhMA",
    "FxjodQMrMmN9PvdcXQj3hDxyCAxAenjckxRj5VY8WFm_XTAM4gs6UOJcTBP8IBu0wpIbaD2_lo4j35hl5kRTxRYl",
    "st0_gUHzx3qztAvPBN5HhXroGhc30pYS-vLNoUIp50-Jv5InChj9IgTLyzb65qOi7Lj3C-3E3EoQVQ",
);
/// A modulus of 1024 bits.
pub(super) const SMALL_RSA_N: &str = concat!(
    "sP4tp3NFDWnpD2cgrtXdBN1aX4Ls4UyinlK0wPWBVYOIYkr5pS0-h7yB17b0ggzk3g2eoKGwjrcV9EpDG1cxpkRq",
    "XaNR1NZwUP9c1oUQUb9jNUL4JGn6IytYMM8nmLOGMaBykKX59UUljHNgekE8fjh0vo7k4Yc8mhfYyAKupHM",
);
/// The P-256 key.
pub(super) const EC_X: &str = "lYg9BDDmRnPYDzdq43hyUqhvwW6DKeY8Zv2rbgXL8n4";
/// See [`EC_X`].
pub(super) const EC_Y: &str = "UW4sjUzT3jjG1vwpY62fHfMaWeWBOYvT2aUiSL3jqjw";
/// Another P-256 key.
pub(super) const OTHER_EC_X: &str = "UrT2uO374fN7npDAR7G5uWs6ydHqOOHUafi0KIOXrbE";
/// See [`OTHER_EC_X`].
pub(super) const OTHER_EC_Y: &str = "xBKRO_PNZ8V8gB4UKxZwFT5MIU-fxcqOHYDPcZio-eY";
/// The Ed25519 key.
pub(super) const ED_X: &str = "klPAvnIU8NIzNrS0G0sEL4pJs1A1EAEOYbZR03O8fNY";
/// Another Ed25519 key.
pub(super) const OTHER_ED_X: &str = "d5wvbjLn1lbo59-QzqSFWJnv8QvrsouNbXCcrwLeVEg";
/// `RS256`, no `kid`, by the key of 1024 bits.
pub(super) const SMALL_RSA_TOKEN: &str = concat!(
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJhbGlhcyI6IkFkYSIsImV4cCI6MjAwMDA",
    "wMDAwMH0.eQjTJDaFDlQLExj214npa7Li3Gamh2fcaSKmN1gBmE9hbmlGPR5hfx5OQf_PTHn9an5IMEqOBT15GJX",
    "NayEmkrnWYst6klQv0Om5fyUn74Oytw_nisJIa5Jy_kGy_t7lG1eJ2Om3VVoLBpsBIPge37g1oGCsDTskR52ZLzu",
    "6bGo",
);
/// `RS256`, no `kid`.
pub(super) const RS256_TOKEN: &str = concat!(
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJhbGlhcyI6IkFkYSIsImV4cCI6MjAwMDA",
    "wMDAwMH0.wqpl8hbAP2kwb_gLW6DrnOpd2hJiZ6K4Vcp1cQIyTtTn0AfwtYMp2B_b3Rq-lPFuXzcIyz5PrKPkKV5",
    "S3GNN98kKDsB9m3mBNIV8XgScC1xFnWEXW8dsQMbrn2w8l6qT3bd2wKkv2M7jU7WIsrDLSfZPb99nzR7b8D7clLX",
    "IjpeDeqpoSS-_QUyjkjONg2vH4FGHbTCjniY5eoUFLTQvnG2jB54QQFbHx0UCt57DHz6LsWmepQEHHHmLtwNMOC5",
    "rIqwSgalmdSj2gPYHb7WnZd9zMJYZ4c74AbN8C-UizsF_YADxxuJ4s6MxwExLfgolq79jbi2ifEo3wHtbxCTr4g",
);
/// `RS256`, `kid` is `rsa-1`.
pub(super) const RS256_KID_TOKEN: &str = concat!(
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InJzYS0xIn0.eyJzdWIiOiJhZGEiLCJhbGlhcyI6IkFk",
    "YSIsImV4cCI6MjAwMDAwMDAwMH0.J8o6KZ6bZSJJbLGemqnUIKkcuIwi2RUsWta9cBDSxENqoqm1Elsa7SEAqldP",
    "urTKYN7_41cS0N11mn2ZNM7XsmEuBep7OTT8iOcyGpHDOkLQvw6Y8-XHstJLSCNhOvFQcObxbkk8eeGsSEUr0Ads",
    "XWlhFKMi4Jda8Jc1AHSV2fsiq9lY-9Dm6FYCs2HJWgJaclwfOGeUPpnotnLfhVtH2mXTTo0rrFoZ0gExUWRkbyA_",
    "R4nWvkQTQe2XmaurFVp_lppGviK0QKP7K9d7Y3sMCKVjCbuDH6vM3VIbqUfmPXPUzJYnrpkKHR2DzZx3Nj5AM73H",
    "PSi2xjfgzbBEHyNIeQ",
);
/// `ES256`, no `kid`.
pub(super) const ES256_TOKEN: &str = concat!(
    "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJhbGlhcyI6IkFkYSIsImV4cCI6MjAwMDA",
    "wMDAwMH0.FTL5-Nl-VLzXWKi6GHcBcyX_trNQ7xYwLuGWaWhIAElhJ3uz281eJVvPGeIk2e--e3vIEr_MVmLdXUQ",
    "9MfTSjA",
);
/// `ES256`, `kid` is `ec-1`.
pub(super) const ES256_KID_TOKEN: &str = concat!(
    "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImVjLTEifQ.eyJzdWIiOiJhZGEiLCJhbGlhcyI6IkFkY",
    "SIsImV4cCI6MjAwMDAwMDAwMH0.-wYaulpQOczxHSPiRfE5RX8uZj7ysBPegq47ifltkJ6wLE8Jvkmm6zNGsCMB1",
    "ZW6BlqkYOc-tnuZ5Mcg75ndhg",
);
/// `EdDSA`, no `kid`.
pub(super) const EDDSA_TOKEN: &str = concat!(
    "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJhbGlhcyI6IkFkYSIsImV4cCI6MjAwMDA",
    "wMDAwMH0.snnmV_RK2fOMbx12tE9_6nJuNoWFSE7Or2X_va-v7eMrXV0aaaDPWfB6D2-R5YGaLMWCTgwxcCfLkoR",
    "p-KIeDw",
);
/// `EdDSA`, `kid` is `ed-1`.
pub(super) const EDDSA_KID_TOKEN: &str = concat!(
    "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6ImVkLTEifQ.eyJzdWIiOiJhZGEiLCJhbGlhcyI6IkFkY",
    "SIsImV4cCI6MjAwMDAwMDAwMH0.UOp8eg7RlKvRyDFQIOPwSLGkzx5PWMi5rOkTtjaCy07nMkVAPOQvH358wTTrN",
    "tBc-2vzL9-is5lKCFzdWJt2BA",
);
/// The same by the name in RFC 9864, no `kid`.
pub(super) const ED25519_TOKEN: &str = concat!(
    "eyJhbGciOiJFZDI1NTE5IiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZGEiLCJhbGlhcyI6IkFkYSIsImV4cCI6MjAw",
    "MDAwMDAwMH0.7fDFg6Y8PEngVAiwJU-o8M5BiMx5Wqkh0c15IpQiw-VimEjlz6pj7jsUk7G1ddwgWJcRb00QmYMM",
    "fL9KKVhlDw",
);
