//! What Worker and object share about sockets and cursors.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flagship_protocol::SUBPROTOCOL;
use flagship_protocol::close::CloseCode;
use flagship_protocol::error::ErrorBody;
use flagship_protocol::frames::{Nack, ServerFrame};
use worker::{Response, Result, WebSocketPair};

/// Refuses a socket in a way that a page can read: browsers hide the status of a failed handshake, but not a
/// frame and a close code.
/// `select_protocol`: whether the client offered subprotocols, so that one must be selected.
pub(crate) fn refuse(error: ErrorBody, code: CloseCode, select_protocol: bool) -> Result<Response> {
    let pair = WebSocketPair::new()?;
    pair.server.accept()?;
    pair.server
        .send_with_str(ServerFrame::Nack(Nack { id: None, error }).to_json())?;
    pair.server.close(Some(code.code()), Some(code.reason()))?;
    let response = Response::from_websocket(pair.client)?;
    if select_protocol {
        response.headers().set("sec-websocket-protocol", SUBPROTOCOL)?;
    }
    Ok(response)
}

/// A text as part of an address or a header.
pub(crate) fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// The text back; `None` if it is none.
pub(crate) fn decode(text: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}
