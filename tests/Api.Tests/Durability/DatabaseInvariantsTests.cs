using Galley.Publishing;
using Galley.Storage.Sqlite;
using Galley.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Galley.Tests.Durability;

/// <summary>The invariants hold of a newsroom's file, and each notices when it is broken.</summary>
public sealed class DatabaseInvariantsTests(DatabaseInvariantsTests.Made made) : IClassFixture<DatabaseInvariantsTests.Made>
{
    [Fact]
    public void Hold_of_what_a_newsroom_leaves() => DatabaseInvariants.AssertHold(made.Path);

    [Fact]
    public void Name_a_slot_as_publishing_does() => Assert.Equal((long)SlotKinds.Related, Invariants.RelatedSlot);

    [Theory]
    [InlineData("foreign keys lead somewhere", "update revision set source_id = 4711")]
    [InlineData("the change log runs from its floor", "delete from change where seq = 1")]
    [InlineData("the change log runs from its floor", "update counter set value = value + 1 where name = 'seq'")]
    [InlineData("the counter of ids", "update counter set value = 1 where name = 'id'")]
    [InlineData("an article has its newest revision", "delete from revision where number = 1")]
    [InlineData("an article has its newest revision", "update article set working_revision = working_revision + 1")]
    [InlineData("an article of a source", "delete from article_key")]
    [InlineData("an edition has its article and revision", "update edition set revision = 99")]
    [InlineData("an edition has its article and revision", "update edition set article_id = 4711")]
    [InlineData("an article has two editions at most", "update edition set article_id = (select min(article_id) from edition)")]
    [InlineData("an edition has its card", "delete from card")]
    [InlineData("an edition has its card", "delete from edition")]
    [InlineData("an edition has references", "delete from reference")]
    [InlineData("an edition has references", "update reference set position = position + 2")]
    [InlineData("an edition has the addresses", "delete from edition_address")]
    [InlineData("an article under a takedown", "update article set state = 'taken-down'")]
    [InlineData("a revision under a takedown", "update article set state = 'taken-down'")]
    [InlineData("the shown edition is", "update article set shown_position = null")]
    [InlineData("the shown edition is", "update edition set from_at = from_at + (1 << 40)")]
    [InlineData("a shown edition has its slug", "delete from article_slug")]
    [InlineData("a shown edition has its slug", "update article_slug set is_current = 0")]
    [InlineData("where a shown edition stands", "delete from article_stand")]
    [InlineData("a current slug is its article's", "insert into article_slug values ('en', 'nobodys', 4711, 'x', 1)")]
    [InlineData("the newest change tells", "update change set kind = 'unpublished'")]
    [InlineData("the newest change tells", "update article set version = version + 1")]
    [InlineData("gone is what was visible", "delete from gone")]
    [InlineData("gone is what was visible", "insert into gone select distinct public_id, 'expired', 0 from edition")]
    [InlineData("what is ahead of the editions", "delete from transition")]
    [InlineData("what is ahead of the editions", "update transition set due_at = due_at + 1")]
    [InlineData("sections stand under their parents", "update section set parent_id = 4711 where parent_id <> 0")]
    [InlineData("languages are numbered", "update language set id = 7")]
    [InlineData("search finds every edition: ", "insert into search (search) values ('delete-all')")]
    [InlineData("search finds every edition: ", "delete from search where rowid = (select max(position) from edition)")]
    [InlineData("search finds every edition by its words", "insert into search (rowid, body) select position, 'word' from edition")]
    [InlineData("search finds every edition by its words", "update edition set document = cast(replace(cast(document as text), 'paragraph of', 'of paragraph') as blob)")]
    [InlineData("search finds every edition by its words", "update edition set scopes = x'0010'")]
    [InlineData("search finds editions only", "insert into search (rowid, body) values (7, 'word')")]
    [InlineData("editions and cards have the tags of their bytes: edition", "update edition set document = cast(replace(cast(document as text), 'Headline', 'HeadIine') as blob)")]
    [InlineData("editions and cards have the tags of their bytes: card", "update card set card = cast(replace(cast(card as text), 'Headline', 'HeadIine') as blob)")]
    [InlineData("an edition says what its revision says", "update edition set document = cast(replace(cast(document as text), 'paragraph of', 'of paragraph') as blob)")]
    [InlineData("an edition says what its revision says", "update edition set document = cast(replace(cast(document as text), 'Headline', 'HeadIine') as blob)")]
    [InlineData("an edition says what its revision says", "update edition set headline = 'Another'")]
    [InlineData("an edition says what its revision says", "update edition set section_id = 0")]
    [InlineData("an edition says what its revision says", "update edition set document = x'00'")]
    [InlineData("lists are what the editions say", "delete from listing where scope = 0")]
    [InlineData("lists are what the editions say", "update listing set until_at = until_at - 1")]
    [InlineData("the audit trail tells the newest revision", "delete from audit where id = (select max(id) from audit where kind = 'article'); update article set modified_at = modified_at + 1")]
    [InlineData("the audit trail tells the newest revision", "update article set working_revision = working_revision - 1 where working_revision > 1")]
    [InlineData("the audit trail is as it was written", "update audit set key_id = 'another' where id = 2")]
    [InlineData("the audit trail is as it was written", "update audit set at = at - 1 where id = 1")]
    [InlineData("the audit trail is as it was written", "delete from audit where id = 2")]
    [InlineData("the audit trail is as it was written", "update audit set hash = x'00' where id = 3")]
    [InlineData("shown counts are what can be counted", "update scope_shown set articles = articles + 1")]
    public void Notice_when_one_is_broken(string rule, string damage)
    {
        using var copy = new Damaged(made.Path, damage);

        Assert.Contains(DatabaseInvariants.Violations(copy.Path), violation => violation.StartsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public void Notice_a_damaged_page()
    {
        using var copy = new Damaged(made.Path, "vacuum");
        using (var file = File.OpenWrite(copy.Path))
        {
            file.Position = 4096 * 3;
            file.Write(new byte[200]);
        }

        Assert.Contains(DatabaseInvariants.Violations(copy.Path), violation => violation.StartsWith("the file is sound", StringComparison.Ordinal));
    }

    /// <summary>A newsroom's file with something of everything in it.</summary>
    public sealed class Made : Newsroom, IAsyncLifetime
    {
        public string Path => DatabasePath + ".copy";

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Admin.PushedAsync(Given.Article().In("sport/football").Tagged("place:paris").With("related", new[] { new { source = "wire", externalId = "other" } }));
            await Admin.PushedAsync(Given.Article().In("world").With("publishedAt", Clock.In(TimeSpan.FromHours(1))));
            await Admin.PushedAsync(Given.Article().With("breakingUntil", Clock.In(TimeSpan.FromMinutes(1))).With("expiresAt", Clock.In(TimeSpan.FromDays(1))));
            var gone = Given.Article();
            await Admin.PushedAsync(gone);
            await Admin.DeleteAsync($"/v1/manage/sources/wire/articles/{gone.ExternalId}");
            var withdrawn = await Admin.PushedAsync(Given.Article().In("sport").Tagged("place:paris"));
            await Admin.UnpublishAsync(withdrawn.Text("id")).AnsweredAsync(200);
            var changing = Given.Article().With("canonicalUrl", "https://www.example.org/changing");
            await Admin.PushedAsync(changing);
            await Admin.PushedAsync(changing.Headed("Later").Tagged("place:rome").AsDraft());
            await Admin.PostAsync("/v1/manage/sources/wire/publish", Json.Body(new { externalId = changing.ExternalId, at = Clock.In(TimeSpan.FromHours(2)) })).AnsweredAsync(200);
            using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"vacuum into '{Path}'";
            command.ExecuteNonQuery();
        }
    }

    /// <summary>A copy of a file after something that the server would never do.</summary>
    private sealed class Damaged : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();

        public Damaged(string path, string sql)
        {
            File.Copy(path, Path);
            using var connection = new SqliteConnection($"Data Source={Path};Pooling=False;Foreign Keys=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        public string Path => _directory.File("galley.db");

        public void Dispose() => _directory.Dispose();
    }
}
