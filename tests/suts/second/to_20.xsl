<?xml version="1.0" encoding="UTF-8"?>
<!-- Elements of 2.1 to records of 2.0: walks the message beside the layout, and pushes each value. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml"/>
  <xsl:key name="code" match="code" use="concat(../@name, '|', @v)"/>
  <xsl:key name="map" match="map" use="concat(@name, '|', @c21)"/>

  <xsl:template match="/">
    <r c="01">
      <xsl:apply-templates select="/job/message/*/*">
        <xsl:with-param name="layout" select="/job/layout"/>
      </xsl:apply-templates>
    </r>
  </xsl:template>

  <xsl:template match="*">
    <xsl:param name="layout"/>
    <xsl:variable name="e" select="$layout/e[@name = local-name(current())]"/>
    <xsl:choose>
      <xsl:when test="not($e)">
        <xsl:message terminate="yes"><xsl:value-of select="concat('unknown element ', local-name())"/></xsl:message>
      </xsl:when>
      <xsl:when test="$e/@each">
        <r c="{$e/@each}">
          <xsl:apply-templates select="*"><xsl:with-param name="layout" select="$e"/></xsl:apply-templates>
        </r>
      </xsl:when>
      <xsl:when test="$e/@leaf">
        <xsl:call-template name="leaf"><xsl:with-param name="e" select="$e"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="*"><xsl:with-param name="layout" select="$e"/></xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="leaf">
    <xsl:param name="e"/>
    <xsl:variable name="nth" select="1 + count(preceding-sibling::*[local-name() = $e/@name])"/>
    <xsl:variable name="from" select="$e/from[@nth = $nth and @role != 'constant']"/>
    <!-- White space around a number, date or time says nothing, nor does a plus in front. -->
    <xsl:variable name="value">
      <xsl:choose>
        <xsl:when test="$e/@leaf = 'string'"><xsl:value-of select="."/></xsl:when>
        <xsl:otherwise><xsl:value-of select="translate(normalize-space(.), '+', '')"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="$nth &gt; 1 and not($from)">
      <xsl:message terminate="yes"><xsl:value-of select="concat('no room for one more ', $e/@name)"/></xsl:message>
    </xsl:if>
    <xsl:for-each select="$from">
      <xsl:variable name="row" select="key('map', concat(@map, '|', $value))[@back != 'no']"/>
      <xsl:variable name="code" select="key('code', concat(@list, '|', $value))
          | key('code', concat(@list, '|', format-number($value, '00')))[$e/@leaf = 'integer']"/>
      <f r="{@record}" n="{@field}" rank="{@rank}">
        <xsl:choose>
          <xsl:when test="@map != '' and $row"><xsl:value-of select="$row[@back = 'yes']/@c20"/></xsl:when>
          <xsl:when test="@codec = 'date'"><xsl:value-of select="translate($value, '-', '')"/></xsl:when>
          <xsl:when test="@codec = 'time'"><xsl:value-of select="translate($value, ':', '')"/></xsl:when>
          <xsl:when test="@list != '' and @message-code = '' and not($code[@in20 != 'no'])">
            <xsl:if test="@fallback = ''">
              <xsl:message terminate="yes"><xsl:value-of select="concat('no code ', $value, ' in 2.0 for ', @field)"/></xsl:message>
            </xsl:if>
            <xsl:value-of select="@fallback"/>
          </xsl:when>
          <xsl:when test="@cut != ''"><xsl:value-of select="substring($value, 1, @cut)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
        </xsl:choose>
      </f>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
