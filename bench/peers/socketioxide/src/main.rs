//! Socketioxide: rooms as its documentation has them. Prints `{"port":…}` when it listens, and ends with its
//! standard input.

use std::error::Error;
use std::io::{Read, stdin};
use std::process::exit;
use std::thread;

use axum::Router;
use serde::Deserialize;
use socketioxide::SocketIo;
use socketioxide::extract::{Data, SocketRef};
use tokio::net::TcpListener;

#[derive(Deserialize)]
struct Query {
    room: String,
}

/// The room named in the handshake's query.
fn room(socket: &SocketRef) -> String {
    let query = socket.req_parts().uri.query().unwrap_or_default();
    serde_urlencoded::from_str(query).map_or_else(|_| String::new(), |query: Query| query.room)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    thread::spawn(|| {
        let _ = stdin().read_to_end(&mut vec![]);
        exit(0);
    });
    // Of the default, 128, a burst is cut: what does not fit is dropped.
    let (layer, io) = SocketIo::builder().max_buffer_size(65_536).build_layer();
    io.ns("/", async |socket: SocketRef| {
        socket.join(room(&socket));
        socket.on("message", async |socket: SocketRef, Data::<String>(content)| {
            let _ = socket.within(room(&socket)).emit("message", &content).await;
        });
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!(r#"{{"port":{}}}"#, listener.local_addr()?.port());
    axum::serve(listener, Router::new().layer(layer)).await?;
    Ok(())
}
