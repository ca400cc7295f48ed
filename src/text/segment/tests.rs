//! What segments of whole texts look like.
