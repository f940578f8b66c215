using System.Globalization;
using System.Text.Unicode;
using Galley.Content;
using Galley.Delivery.Articles;
using Galley.Delivery.Articles.Fields;
using Galley.Http;
using Galley.Publishing;
using Galley.Storage;

namespace Galley.Delivery.Changes;

/// <summary>One change as it is sent: its kind, the place behind it, and its JSON.</summary>
internal sealed record Told(string Op, string Token, IReadOnlyList<ReadOnlyMemory<byte>> Json);

/// <summary>Some changes in their order, the place behind them, and whether nothing follows it.</summary>
internal sealed record ToldPage(IReadOnlyList<Told> Changes, string Next, long Seq, bool IsUpToDate)
{
    /// <summary>What gives its bytes back, where nobody else has the page.</summary>
    public IDisposable? Lent { get; init; }
}

/// <summary>A page of changes that is put together.</summary>
internal sealed class ChangesInTheMaking(Session session, Slots slots, Reach reach, NumberSeal.SealedNumbers seal, ArticleView view, int limit, Instant now)
{
    /// <summary>It is held in memory until it is sent, and articles may be large: it ends with the change that reaches this.</summary>
    public const int MaxBytes = DocumentPageReader.MaxBytes;

    private static readonly byte[] End = "}"u8.ToArray();
    private readonly List<Told> _changes = [];
    private long _told;

    public IReadOnlyList<Told> Changes => _changes;

    public PageBytes Bytes { get; } = new();

    /// <summary>How many changes it may still have.</summary>
    public int Room => limit - _changes.Count;

    public bool IsFull => Room <= 0 || _told >= MaxBytes;

    public void AddDeletion(ChangeRow row, string reason, ChangeToken token)
    {
        var text = token.Write(seal);
        Span<byte> json = stackalloc byte[512];
        Utf8.TryWrite(json, CultureInfo.InvariantCulture, $$"""{"op":"delete","token":"{{text}}","id":"{{row.PublicId}}","at":"{{new Instant(row.At).ToString()}}","reason":"{{reason}}"}""", out var length);
        _changes.Add(new Told("delete", text, [Bytes.Copy(json[..length])]));
    }

    public async ValueTask AddAsync(ChangeRow row, ChangeToken token)
    {
        var document = row.Document.Length > 0 ? row.Document : await ReadAsync(row.Position);
        var isAsStored = Articles.Slots.IsAlone(row.Slots & (long)view.Slots) && !slots.MakesUrls;
        var parts = isAsStored ? [document]
            : (await slots.FillAsync(session, new ArticleAtHand([document], [], string.Empty, null, Instant.Never) { Id = row.PublicId, Slots = row.Slots & (long)view.Slots, Path = row.Path }, row.PublicId, reach, now)).Parts;
        Add(row.PublicId, row.Version, new Instant(row.At), token, parts, document.Length);
    }

    public async ValueTask AddAsync(DocumentRow row, ChangeToken token) =>
        Add(row.PublicId, row.Version, row.ChangedAt, token, (await slots.FillAsync(session, row.ToArticle() with { Slots = row.Slots & (long)view.Slots }, row.PublicId, reach, now)).Parts, row.Document.Length);

    private void Add(string id, long version, Instant at, ChangeToken token, IReadOnlyList<ReadOnlyMemory<byte>> article, int read)
    {
        var text = token.Write(seal);
        Span<byte> head = stackalloc byte[512];
        Utf8.TryWrite(head, CultureInfo.InvariantCulture, $$"""{"op":"upsert","token":"{{text}}","id":"{{id}}","version":{{version}},"at":"{{at.ToString()}}","article":""", out var length);
        var cut = view.Cut(article);
        _changes.Add(new Told(ChangeLogReader.Upsert, text, [Bytes.Copy(head[..length]), .. cut, End]));
        // Little may have been cut from much, and four forms of a body are more than was read.
        _told += Math.Max(read, cut.Sum(part => (long)part.Length));
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long position)
    {
        ReadOnlyMemory<byte> document = default;
        await session.VisitAsync($"select e.document from edition e where e.position = @position and {Visible.Edition}", new { position, now = now.Milliseconds }, row =>
        {
            document = Bytes.Copy(row.Bytes(0));
            return false;
        });
        return document;
    }
}
