//! Finding out what people have in common from what they wrote about themselves.

use std::collections::{BTreeMap, BTreeSet};

use flagship_protocol::error::ErrorBody;
use flagship_protocol::http::{MatchedBy, ProposalRequest};
use flagship_protocol::ids::{ParticipantId, SessionId};
use flagship_session::{Actor, keywords_of, topics_of};
use js_sys::{JSON, Reflect};
use serde::{Deserialize, Serialize};
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::context::Context;
use crate::call::{Call, Texts};
use crate::log::{self, Level};

/// Turns texts in many languages into vectors that are close where the meaning is.
const MODEL: &str = "@cf/baai/bge-m3";

/// Texts in one request to the model: as many as it takes.
const TEXTS_AT_ONCE: usize = 100;

#[wasm_bindgen]
extern "C" {
    /// The Workers AI binding. By what it can do, not by its class, so that anything else that can may stand in.
    type Ai;

    #[wasm_bindgen(method, catch)]
    async fn run(this: &Ai, model: &str, input: JsValue) -> Result<JsValue, JsValue>;
}

#[derive(Serialize)]
struct Input<'a> {
    text: Vec<&'a str>,
}

#[derive(Deserialize)]
struct Output {
    data: Vec<Vec<f32>>,
}

/// Gives the people of a proposal tags that follow from their texts, and says how.
pub(super) async fn by_texts(
    context: &Context<'_>,
    session: &SessionId,
    actor: &Actor,
    request: &mut ProposalRequest,
) -> Result<MatchedBy, ErrorBody> {
    let call = Call::Texts {
        actor: actor.clone(),
        request: request.clone(),
    };
    let Texts { texts, rooms } = context.call(session, &call).await?;
    let (tags, matched_by) = match by_meaning(context, &texts, rooms).await {
        Some(topics) => (
            topics
                .into_iter()
                .map(|(id, topic)| (id, BTreeSet::from([topic])))
                .collect(),
            MatchedBy::Meaning,
        ),
        None => (keywords_of(&texts), MatchedBy::Words),
    };
    request.tags = tags
        .into_iter()
        .map(|(id, tags)| (id, tags.into_iter().collect()))
        .collect();
    Ok(matched_by)
}

/// A topic for each text, by meaning; `None` where there is no model, or it fails.
async fn by_meaning(
    context: &Context<'_>,
    texts: &BTreeMap<ParticipantId, String>,
    rooms: usize,
) -> Option<BTreeMap<ParticipantId, String>> {
    let binding = Reflect::get(context.env, &"AI".into())
        .ok()
        .filter(|binding| !binding.is_undefined())?;
    let ai: Ai = binding.unchecked_into();
    let vectors = vectors(&ai, texts).await;
    // The same people and rooms give the same topics.
    let topics = vectors.and_then(|vectors| topics_of(&vectors, rooms, 0).map_err(|error| error.to_string()));
    topics
        .map_err(|error| {
            let fields = json!({ "requestId": context.request_id, "error": error });
            log::write(Level::Warn, "texts not matched by meaning, matching by words", fields);
        })
        .ok()
}

async fn vectors(
    ai: &Ai,
    texts: &BTreeMap<ParticipantId, String>,
) -> Result<BTreeMap<ParticipantId, Vec<f32>>, String> {
    let odd = |error: JsValue| format!("{error:?}");
    let all: Vec<(&ParticipantId, &String)> = texts.iter().collect();
    let mut vectors = BTreeMap::new();
    for chunk in all.chunks(TEXTS_AT_ONCE) {
        let text = chunk.iter().map(|(_, text)| text.as_str()).collect();
        let input = serde_json::to_string(&Input { text }).map_err(|error| error.to_string())?;
        let output = ai.run(MODEL, JSON::parse(&input).map_err(odd)?).await.map_err(odd)?;
        let output: String = JSON::stringify(&output).map_err(odd)?.into();
        let Output { data } = serde_json::from_str(&output).map_err(|error| error.to_string())?;
        if data.len() != chunk.len() {
            return Err(format!("{} vectors for {} texts", data.len(), chunk.len()));
        }
        vectors.extend(chunk.iter().zip(data).map(|((id, _), vector)| ((*id).clone(), vector)));
    }
    Ok(vectors)
}
