//! Figures of this isolate, for Prometheus. Each isolate counts for itself, from its start.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use flagship_protocol::http::RouteName;

#[derive(Default)]
struct Figures {
    requests: u64,
    milliseconds: u64,
}

thread_local! {
    static FIGURES: RefCell<BTreeMap<(Option<RouteName>, u16), Figures>> = const { RefCell::new(BTreeMap::new()) };
}

/// Counts an answered request.
pub(super) fn count(route: Option<RouteName>, status: u16, milliseconds: u64) {
    FIGURES.with_borrow_mut(|figures| {
        let figures = figures.entry((route, status)).or_default();
        figures.requests += 1;
        figures.milliseconds += milliseconds;
    });
}

/// The figures in Prometheus' text format.
pub(super) fn text() -> String {
    let mut requests =
        String::from("# HELP flagship_requests_total Answered requests.\n# TYPE flagship_requests_total counter\n");
    let mut time = String::from(
        "# HELP flagship_request_milliseconds_total Time spent on requests, waiting included.\n# TYPE flagship_request_milliseconds_total counter\n",
    );
    FIGURES.with_borrow(|figures| {
        for ((route, status), figures) in figures {
            let route = route.map_or_else(|| "none".to_owned(), |route| format!("{route:?}"));
            // Writing to a String cannot fail.
            let _ = writeln!(
                requests,
                "flagship_requests_total{{route=\"{route}\",status=\"{status}\"}} {}",
                figures.requests
            );
            let _ = writeln!(
                time,
                "flagship_request_milliseconds_total{{route=\"{route}\",status=\"{status}\"}} {}",
                figures.milliseconds
            );
        }
    });
    requests + &time
}
