//! Finds the route of a request in the protocol's table.

use flagship_protocol::error::{ErrorBody, ErrorCode};
use flagship_protocol::http::{self, ROUTES, RouteName};

use super::context::Params;

thread_local! {
    static ROUTER: matchit::Router<Vec<usize>> = build();
}

/// One entry a path, with the positions in [`ROUTES`] of its methods.
fn build() -> matchit::Router<Vec<usize>> {
    let mut paths = std::collections::BTreeMap::<&str, Vec<usize>>::new();
    for (position, route) in ROUTES.iter().enumerate() {
        paths.entry(route.path).or_default().push(position);
    }
    let mut router = matchit::Router::new();
    for (path, positions) in paths {
        // A table that conflicts with itself leaves a route out, which the test below notices.
        let _ = router.insert(path, positions);
    }
    router
}

/// The route and its parameters. HEAD is GET whose answer the platform sends without its body.
pub(super) fn find(method: &str, path: &str) -> Result<(RouteName, Params), ErrorBody> {
    let reads = if method == "HEAD" { "GET" } else { method };
    lookup(path, |routes, params| {
        match routes.iter().find(|route| route.method.as_str() == reads) {
            Some(route) => Ok((route.name, params)),
            None => {
                let allowed = names(routes).join(", ");
                Err(ErrorBody::new(
                    ErrorCode::MethodNotAllowed,
                    format!("{method} is not for this address; use {allowed}"),
                ))
            }
        }
    })
}

/// The methods of a path.
pub(super) fn methods(path: &str) -> Result<Vec<&'static str>, ErrorBody> {
    lookup(path, |routes, _| Ok(names(routes)))
}

fn lookup<T>(
    path: &str,
    found: impl FnOnce(&[&'static http::Route], Params) -> Result<T, ErrorBody>,
) -> Result<T, ErrorBody> {
    ROUTER.with(|router| match router.at(path) {
        Ok(matched) => {
            let routes: Vec<&http::Route> = matched
                .value
                .iter()
                .filter_map(|position| ROUTES.get(*position))
                .collect();
            let param = |name| matched.params.get(name).unwrap_or_default().to_owned();
            found(
                &routes,
                Params {
                    session: param("session"),
                    room: param("room"),
                    template: param("template"),
                    message: param("message"),
                },
            )
        }
        Err(_) => Err(ErrorBody::new(
            ErrorCode::NotFound,
            "nothing is at this address; see /api/openapi.json for what there is",
        )),
    })
}

fn names(routes: &[&'static http::Route]) -> Vec<&'static str> {
    let names = routes.iter().map(|route| route.method.as_str());
    let head = routes.iter().any(|route| route.method == http::Method::Get);
    names.chain(head.then_some("HEAD")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_found_under_its_method() {
        for route in ROUTES {
            let path = route
                .path
                .replace("{session}", "s1")
                .replace("{room}", "r1")
                .replace("{message}", "m1");
            let (name, params) = find(route.method.as_str(), &path).unwrap();
            assert_eq!(name, route.name);
            assert_eq!(params.session == "s1", route.path.contains("{session}"));
            assert_eq!(params.room == "r1", route.path.contains("{room}"));
        }
    }

    #[test]
    fn head_goes_where_get_goes() {
        assert_eq!(find("HEAD", "/api/health").unwrap().0, RouteName::Health);
        assert_eq!(methods("/api/health").unwrap(), ["GET", "HEAD"]);
        assert_eq!(methods("/api/sessions").unwrap(), ["POST"]);
        assert!(find("HEAD", "/api/sessions").is_err());
    }

    #[test]
    fn a_wrong_method_is_told_the_right_ones() {
        let error = find("DELETE", "/api/sessions").unwrap_err();
        assert_eq!(error.code, ErrorCode::MethodNotAllowed);
        assert!(error.message.contains("use POST"));
        assert_eq!(find("GET", "/api/nothing").unwrap_err().code, ErrorCode::NotFound);
    }
}
