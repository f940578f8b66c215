using Galley.Content;

namespace Galley.Storage;

/// <summary>What a copy of a database holds, as it was read from the copy itself.</summary>
internal sealed record Copied(long Articles, Instant LastWrite, long Bytes);
